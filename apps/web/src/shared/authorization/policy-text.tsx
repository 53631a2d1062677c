import './authorization.css'
import { JsonParseError, parseJsonTree } from '@thingdeck/json'
import { useMemo } from 'react'
import { visible } from '../text/visible.tsx'
import { legiblePolicy } from './legible-policy.ts'

interface PolicyTextProps {
  /** Accessible name. */
  readonly label: string
  readonly text: string
  /** From 0. */
  readonly statement: number
}

/** The text of a policy with one of its statements marked. */
export function PolicyText({ label, text, statement }: PolicyTextProps) {
  const { shown, range } = useMemo(() => {
    const legible = legiblePolicy(text)
    return { shown: legible, range: rangeOf(legible, statement) }
  }, [text, statement])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="td-payload td-policy-text" tabIndex={0} aria-label={label}>
      <pre>
        {visible(shown.slice(0, range.from), true)}
        <mark>{visible(shown.slice(range.from, range.to), true)}</mark>
        {visible(shown.slice(range.to), true)}
      </pre>
    </section>
  )
}

/** Whole lines, from the statement's first to its last. */
function rangeOf(text: string, statement: number): { readonly from: number; readonly to: number } {
  try {
    const statements = parseJsonTree(text).members?.find(({ key }) => key === 'Statement')?.value
    const found = statements?.items?.[statement] ?? statements
    if (found) return { from: text.lastIndexOf('\n', found.from) + 1, to: found.to }
  } catch (error) {
    if (!(error instanceof JsonParseError)) throw error
  }
  return { from: 0, to: 0 }
}
