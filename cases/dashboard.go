package cases

import "time"

// How long a way into the dashboard is open.
const (
	DashboardLinkTime    = 5 * time.Minute  // for opening a link, once
	DashboardSessionTime = 30 * time.Minute // in the browser
)
