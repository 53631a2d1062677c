import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import { Children, type ReactNode } from 'react'
import { Copyable } from '../ui/copyable.tsx'

/** One thing that is known: a value, a text that people copy (an ARN, an id), or a list. */
export type Fact = { readonly label: string } & (
  | { readonly value: ReactNode }
  | { readonly copy: string | undefined /** Completes 'Copy …' where the label does not. */; readonly what?: string }
  | { /** Each with a key. */ readonly list: readonly ReactNode[] }
)

interface FactsProps {
  /** `undefined` leaves a fact out; a fact without a value says `–`. */
  readonly facts: readonly (Fact | undefined)[]
  /** As many beside each other as there is room, at most these. */
  readonly columns?: number
}

/** A line of an ARN with a name of usual length. */
const FOR_AN_ARN_PX = 340

/** Facts about one thing, each under its label. */
export function Facts({ facts, columns = 3 }: FactsProps) {
  return (
    <KeyValuePairs
      columns={columns}
      minColumnWidth={FOR_AN_ARN_PX}
      items={facts.flatMap((fact) => (fact ? { label: fact.label, value: contentOf(fact) } : []))}
    />
  )
}

function contentOf(fact: Fact): ReactNode {
  if ('value' in fact) return fact.value ?? '–'
  if ('copy' in fact) {
    return fact.copy === undefined ? '–' : <Copyable what={fact.what ?? inSentence(fact.label)} text={fact.copy} />
  }
  if (fact.list.length === 0) return '–'
  return (
    <ul className="td-plain-list">
      {Children.map(fact.list, (each) => (
        <li>{each}</li>
      ))}
    </ul>
  )
}

/** `Thing id` → `thing id`, but `ARN` as it is. */
const inSentence = (label: string) => (/^.[A-Z]/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1))
