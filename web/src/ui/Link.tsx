import { useLocation, useSearch } from 'wouter';

// A link inside the organisation: paths are relative to /o/NAME.
export { Link } from 'wouter';

// Goes to a page without a link: from a key, a menu, a finished dialog.
export function useGo(): (path: string) => void {
  const [, navigate] = useLocation();
  return navigate;
}

export function useQueryString(): string {
  return useSearch();
}
