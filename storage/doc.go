// Package storage is the only place with SQL. It keeps updates, drafts, the
// outbox, accounts and cases in Postgres, inserts jobs, and turns the driver's
// errors into the domain's.
//
// # One transaction an update
//
// Handle takes the first waiting update of a chat nobody works on, runs the
// handler in a transaction and commits its changes, the history rows, the draft,
// the messages to send and "this update is done" together, or nothing at all.
// One chat's updates are handled in order, chats in parallel, over any number of
// replicas: the lock on the first waiting row of a lane is all the coordination.
//
// # The wall
//
// A transaction begins under the database role tinbao_desk, which reaches no
// case. Touching a stream takes on that stream's role (tinbao_report,
// tinbao_police or tinbao_help) for the rest of the transaction; row security
// then shows the cases of that stream and of the present ward only, and to the
// police only what was handed to them. What a role may not see does not exist.
//
// # At rest
//
// Text, names, chats and files are sealed by package vault before they come
// here. In clear stand: statuses, choices from lists (concern, service, hamlet),
// times, sizes and numbers of cases.
package storage
