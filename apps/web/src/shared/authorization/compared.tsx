import './authorization.css'
import type { ReactNode } from 'react'

/** What is held against each other, below each other: terms (`dt`) with what each says (`dd`). */
export function Compared({ children }: { readonly children: ReactNode }) {
  return <dl className="td-compared">{children}</dl>
}
