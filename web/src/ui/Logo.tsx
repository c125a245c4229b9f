// The ○ of the product: not a verdict, so it is drawn here and not by Mark.
export function Logo({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" style={{ color: 'var(--o)' }}>
      <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" strokeWidth="3.4" />
    </svg>
  );
}
