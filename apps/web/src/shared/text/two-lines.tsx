import type { ReactNode } from 'react'
import { visible } from './visible.tsx'
import { visibleText } from './visible-text.ts'

/** Two lines of names of any length and number in a row, all of them on hover. */
export const TwoLinesOfNames = ({
  names,
  children,
}: {
  readonly names: readonly string[]
  readonly children: ReactNode
}) => (
  <div className="td-two-lines" title={names.map((name) => visibleText(name)).join(', ')}>
    {children}
  </div>
)

/** What somebody or AWS says about what stands above it in a row: two lines of it, all of it on hover. */
export const TwoLines = ({ text }: { readonly text: string }) => (
  <div className="td-two-lines td-weak" title={visibleText(text)}>
    {visible(text)}
  </div>
)
