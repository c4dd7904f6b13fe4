/* The text hides before it is drawn where scripts run, and is back should they
 * fail. */
document.documentElement.className = "js";
onerror = () => { document.documentElement.className = ""; };
