package staffcmds

// PeriodOf is for the tests of what is typed.
var PeriodOf = periodOf
