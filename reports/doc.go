// Package reports writes papers of the ward from plain values: what is put into them
// has been chosen and covered before, by whoever calls. It opens no connection, keeps
// nothing, and the same values give the same bytes.
//
// Layout is that of Nghị định 30/2020/NĐ-CP, Phụ lục I (domain.md section 6). Number,
// date and signature stay empty: people fill them in on paper.
package reports
