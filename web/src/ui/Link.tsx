// A link inside the organisation: paths are relative to /o/NAME.
export { Link } from 'wouter';
