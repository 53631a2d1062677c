import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { HIDDEN_RULE_SECRET, type RuleAction, withoutActionSecrets } from '@thingdeck/contract'
import type { ReactNode } from 'react'
import { type Fact, Facts } from '../../../shared/details/facts.tsx'
import { isObject } from '../../../shared/json-object-in.ts'
import { paths } from '../../../shared/paths.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { Copyable } from '../../../shared/ui/copyable.tsx'
import { ActionLine } from '../action-lines.tsx'
import { type ActionField, valueAt } from '../actions/action-description.ts'
import { readAction } from '../actions/actions.ts'
import { DestinationLine } from '../destination-line.tsx'

/** An action with all that it is told, under the labels of its form. Secrets are not shown. */
export function RuleActionFacts({ action }: { readonly action: RuleAction }) {
  const read = readAction(withoutActionSecrets(action))
  const sendsTo = action.http ?? action.kafka ?? action.influxDB
  return (
    <SpaceBetween size="xs">
      <ActionLine action={action} />
      {read && (
        <Facts facts={read.description.fields.map((field) => factOf(field, valueAt(read.settings, field.path)))} />
      )}
      {action.republish && <RepublishLinks topic={action.republish.topic} />}
      {sendsTo && <DestinationLine settings={sendsTo} />}
    </SpaceBetween>
  )
}

function factOf({ label, kind }: ActionField, value: unknown): Fact | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'boolean') return { label, value: value ? 'Yes' : 'No' }
  if (typeof value === 'number') return { label, value: String(value) }
  if (typeof value === 'string') return { label, value: textOf(value, kind, label) }
  if (Array.isArray(value))
    return { label, list: value.map((each: unknown) => <Line key={JSON.stringify(each)} value={each} />) }
  if (isObject(value)) {
    return {
      label,
      list: Object.entries(value).map(([name, each]) => (
        <span key={name}>
          <span className="td-mono">{visible(name)}</span>:{' '}
          {typeof each === 'string' ? secretOr(each) : <Line value={each} />}
        </span>
      )),
    }
  }
  return undefined
}

function textOf(value: string, kind: ActionField['kind'], label: string): ReactNode {
  if (kind.is === 'choice') return kind.options.find(([option]) => option === value)?.[1] ?? visible(value)
  if (value === HIDDEN_RULE_SECRET) return secretOr(value)
  return /^(arn:|https?:)/.test(value) ? (
    <Copyable what={label} text={value} />
  ) : (
    <span className="td-mono">{visible(value)}</span>
  )
}

const secretOr = (value: string): ReactNode =>
  value === HIDDEN_RULE_SECRET ? (
    <span className="td-weak">not shown</span>
  ) : (
    <span className="td-mono">{visible(value)}</span>
  )

/** A member that has members: one line each. */
function Line({ value }: { readonly value: unknown }) {
  const { key, name, value: text, ...rest } = isObject(value) ? value : {}
  const called = key ?? name
  if (typeof called === 'string' && typeof text === 'string' && Object.keys(rest).length === 0) {
    return (
      <>
        <span className="td-mono">{visible(called)}</span>: {secretOr(text)}
      </>
    )
  }
  return <span className="td-mono">{visible(JSON.stringify(value))}</span>
}

/** Where what it publishes can be seen, and where it goes from there. */
function RepublishLinks({ topic }: { readonly topic: string }) {
  const filter = filterOfTemplate(topic)
  return (
    <span>
      {filter !== undefined && <Link href={paths.live({ s: [`0:${filter}`] })}>Watch it live</Link>}
      {filter === topic && (
        <>
          {' · '}
          <Link href={paths.rules({ topic })}>Where does it go from there?</Link>
        </>
      )}
    </span>
  )
}

/** The filter of all topics that a template can mean; undefined where that cannot be said level by level. */
function filterOfTemplate(template: string): string | undefined {
  const plain = template.startsWith('$$') ? template.slice(1) : template
  const filter = plain.replaceAll(/\$\{[^{}]*\}/g, '\u0000')
  if (filter.includes('${')) return undefined
  const levels = filter.split('/').map((level) => (level.includes('\u0000') ? '+' : level))
  // A template that stands for several levels is not told from one that stands for one.
  return levels.join('/')
}
