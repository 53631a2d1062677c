import './visible.css'
import { Fragment, type ReactNode } from 'react'
import { needsCare, visibleParts } from './visible-text.ts'

interface VisibleTextProps {
  readonly text: string
  /** Line breaks and tabulators stay what they are. */
  readonly keepsLines?: boolean
}

/**
 * A text from outside (a topic, a name, a payload, an error of somebody else's) as it can be told from every other: what
 * cannot be seen is written as its escape, and what runs from right to left stays where it stands. For titles and
 * accessible names there is `visibleText`.
 */
export function VisibleText({ text, keepsLines = false }: VisibleTextProps) {
  return visible(text, keepsLines)
}

/** {@link VisibleText} without a component, for rows that are drawn with every frame: most texts stay as they are. */
export function visible(text: string, keepsLines = false): ReactNode {
  return visibleWith(text, asItIs, keepsLines)
}

const asItIs = (plain: string): ReactNode => plain

/** {@link visible} with what needs no care drawn by `plain`. */
export function visibleWith(text: string, plain: (text: string) => ReactNode, keepsLines = false): ReactNode {
  if (!needsCare(text)) return plain(text)
  return visibleParts(text, { keepsLines }).map((part, index) => {
    // biome-ignore-start lint/suspicious/noArrayIndexKey: the parts of one text are replaced together
    if (part.kind === 'plain') return <Fragment key={index}>{plain(part.text)}</Fragment>
    if (part.kind === 'rtl') return <bdi key={index}>{part.text}</bdi>
    return (
      <span key={index} className="td-escaped" title={part.name}>
        {part.text}
      </span>
    )
    // biome-ignore-end lint/suspicious/noArrayIndexKey: see above
  })
}
