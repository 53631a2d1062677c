import { Children, type ReactNode } from 'react'
import './consequences.css'

/** What will follow, each a sentence or two. */
export function Consequences({ children }: { readonly children: readonly ReactNode[] }) {
  return (
    <ul className="td-consequences">
      {Children.map(children, (consequence) => (
        <li>{consequence}</li>
      ))}
    </ul>
  )
}
