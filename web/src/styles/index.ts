// The order of the cascade layers must be the first thing that the browser reads.
import './layers.css';
import './tokens.css';
import './base.css';
import './print.css';
