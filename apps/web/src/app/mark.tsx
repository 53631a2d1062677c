import './mark.css'
/** The console's mark. */
export function Mark() {
  return (
    <svg className="td-mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#006ce0" />
      <path d="M7 9h18v4H18v11h-4V13H7z" fill="#fff" />
      <circle cx="24" cy="22" r="3" fill="#75cfff" />
    </svg>
  )
}
