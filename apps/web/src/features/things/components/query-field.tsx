import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import Input, { type InputProps } from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useEffect, useRef, useState } from 'react'
import { useShortcut } from '../../../shared/shortcuts/shortcuts.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { useAddressDraft } from '../../../shared/use-address-draft.ts'
import { readQuery } from '../query.ts'
import './query.css'

interface QueryFieldProps {
  readonly query: string
  /** What AWS said of it. */
  readonly refusal: string | undefined
  readonly onSearch: (query: string) => void
  /** Back to tokens. */
  readonly onClose: () => void
}

/** A query as text. What AWS would refuse is said in its words before it is asked, with the place where it fails. */
export function QueryField({ query, refusal, onSearch, onClose }: QueryFieldProps) {
  const { draft: text, setDraft: setText, send } = useAddressDraft(query, onSearch)
  const [isTried, setTried] = useState(false)
  const field = useRef<InputProps.Ref>(null)
  useEffect(() => field.current?.focus(), [])
  useShortcut('/', 'Filter things', () => field.current?.focus())
  const read = readQuery(text)
  const isOwn = text === query
  const shown = isTried || isOwn ? read.error : undefined
  const error = shown?.message ?? (isOwn ? refusal : undefined)
  const whyNotTokens = read.error
    ? 'It is no query yet.'
    : read.isConditions
      ? undefined
      : 'The query says more than the filter’s conditions can: it stays a text.'
  const search = () => {
    setTried(true)
    if (!read.error) send(text.trim())
  }
  return (
    <FormField
      stretch
      errorText={error !== undefined && <Place text={text} at={shown?.at} message={error} />}
      constraintText="Query syntax of fleet indexing, e.g. thingTypeName:pump AND shadow.reported.battery < 20. Enter searches."
    >
      <div className="td-query-field">
        <Input
          ref={field}
          value={text}
          type="search"
          ariaLabel="Query"
          spellcheck={false}
          placeholder="All things"
          invalid={error !== undefined}
          onChange={({ detail }) => setText(detail.value)}
          onKeyDown={({ detail }) => {
            if (detail.key === 'Enter') search()
          }}
        />
        <SpaceBetween direction="horizontal" size="xs">
          <Button onClick={search}>Search</Button>
          <Button
            {...(whyNotTokens !== undefined && { disabled: true, disabledReason: whyNotTokens })}
            onClick={() => {
              if (text.trim() !== query) send(text.trim())
              onClose()
            }}
          >
            Edit as filter
          </Button>
        </SpaceBetween>
      </div>
    </FormField>
  )
}

/** AWS's words, and the query with a mark where it fails, as far as that is known. */
function Place({
  text,
  at,
  message,
}: {
  readonly text: string
  readonly at: number | undefined
  readonly message: string
}) {
  return (
    <>
      {visible(message)}
      {at !== undefined && (
        <span className="td-query-place">
          <code className="td-mono">
            {visible(text.slice(0, at))}
            <mark>{at < text.length ? visible(text.slice(at).match(/^\S+\s*|^\s+/)?.[0] ?? '') : ' ⏎'}</mark>
            {visible(text.slice(at).replace(/^\S+\s*|^\s+/, ''))}
          </code>
        </span>
      )}
    </>
  )
}
