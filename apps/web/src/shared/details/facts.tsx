import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
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

interface LoadingFactsProps {
  /** Completes 'Loading …'. */
  readonly what: string
  /** So many facts as there usually are. */
  readonly count: number
}

/** Facts that are still read: they have their room from the beginning, so that what is below does not move when they come. */
export function LoadingFacts({ what, count }: LoadingFactsProps) {
  const loading = <StatusIndicator type="loading">Loading {what}</StatusIndicator>
  const facts = Array.from({ length: count }, (_, index) => ({
    label: '…',
    value: index === 0 ? <span role="status">{loading}</span> : '…',
  }))
  return <Facts facts={facts} />
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
