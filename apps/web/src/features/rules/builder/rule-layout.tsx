import type { ReactNode } from 'react'
import './builder.css'

interface RuleLayoutProps {
  readonly children: ReactNode
  /** Beside it where there is room, and otherwise below. */
  readonly rehearsal: ReactNode
}

/** A rule that is written with its rehearsal, which is no part of the form. */
export const RuleLayout = ({ children, rehearsal }: RuleLayoutProps) => (
  <div className="td-builder">
    <div>{children}</div>
    <div>{rehearsal}</div>
  </div>
)
