import Button from '@cloudscape-design/components/button'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import type { FieldKind } from '../actions/action-description.ts'
import './builder.css'

interface MapFieldProps {
  readonly kind: Extract<FieldKind, { is: 'map' }>
  readonly value: Readonly<Record<string, unknown>>
  readonly onChange: (value: Readonly<Record<string, string>>) => void
  readonly onBlur: () => void
}

interface Line {
  readonly id: string
  readonly name: string
  readonly text: string
}

/** Without lines of which nothing was written. */
const recordOf = (lines: readonly Line[]) =>
  Object.fromEntries(lines.filter(({ name, text }) => name !== '' || text !== '').map(({ name, text }) => [name, text]))

const isSame = (one: object, other: object) => JSON.stringify(one) === JSON.stringify(other)

/** Names with values. A line may have no name yet, which the value cannot hold: the lines are kept here. */
export function MapField({ kind, value, onChange, onBlur }: MapFieldProps) {
  const [kept, setLines] = useState<readonly Line[]>([])
  const lines = isSame(recordOf(kept), value)
    ? kept
    : Object.entries(value).map(([name, text]) => ({ id: name, name, text: String(text) }))
  const put = (next: readonly Line[]) => {
    setLines(next)
    onChange(recordOf(next))
  }
  const change = (index: number, changed: Partial<Line>) =>
    put(lines.map((line, at) => (at === index ? { ...line, ...changed } : line)))
  return (
    <SpaceBetween size="xs">
      {lines.map(({ id, name, text }, index) => (
        <div key={id} className="td-map-line">
          <Input
            ariaLabel={`Name of ${kind.one} ${index + 1}`}
            value={name}
            spellcheck={false}
            autoComplete={false}
            placeholder="Name"
            onChange={({ detail }) => change(index, { name: detail.value })}
            onBlur={onBlur}
          />
          <Input
            ariaLabel={`Value of ${name || `${kind.one} ${index + 1}`}`}
            value={text}
            type={
              kind.isSecret && /password|keytab|keystore|truststore/i.test(name) && !text.includes('${')
                ? 'password'
                : 'text'
            }
            spellcheck={false}
            autoComplete={false}
            placeholder="Value"
            onChange={({ detail }) => change(index, { text: detail.value })}
            onBlur={onBlur}
          />
          <Button
            formAction="none"
            iconName="close"
            variant="icon"
            ariaLabel={`Remove ${kind.one} ${name || index + 1}`}
            onClick={() => put(lines.toSpliced(index, 1))}
          />
        </div>
      ))}
      <Button
        formAction="none"
        disabled={lines.length >= kind.most}
        onClick={() => setLines([...lines, { id: crypto.randomUUID(), name: '', text: '' }])}
      >
        Add {kind.one}
      </Button>
    </SpaceBetween>
  )
}
