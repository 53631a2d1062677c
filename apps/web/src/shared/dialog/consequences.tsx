import { Children, type ReactNode } from 'react'
import './consequences.css'

/** What will follow, each a sentence or two; elements among them have a key. */
export function Consequences({ list }: { readonly list: readonly ReactNode[] }) {
  return (
    <ul className="td-consequences">
      {Children.map(list, (consequence) => (
        <li>{consequence}</li>
      ))}
    </ul>
  )
}
