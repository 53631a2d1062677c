import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { RulePayload } from '@thingdeck/contract'
import { useState } from 'react'
import { JsonEditor } from '../../../shared/editor/create-editor.tsx'
import { jsonProblems } from '../../../shared/editor/json-problems.ts'
import { isObject } from '../../../shared/json-object-in.ts'
import { readAction } from '../actions/actions.ts'
import { payloadOf, type RuleValues, valuesOf } from './rule-values.ts'

interface JsonOfRuleProps {
  readonly values: RuleValues
  readonly onChange: (changed: Partial<RuleValues>) => void
}

const textOf = (payload: RulePayload) => JSON.stringify(payload, undefined, 2)

/** The payload of a rule as AWS's API has it; what is none yet changes nothing. */
export function JsonOfRule({ values, onChange }: JsonOfRuleProps) {
  const now = textOf(payloadOf(values))
  const [written, setWritten] = useState(now)
  const read = readPayload(written)
  // What the fields made of it meanwhile.
  const text = typeof read === 'string' || textOf(payloadOf(valuesOf(read))) === now ? written : now
  return (
    <SpaceBetween size="xs">
      <JsonEditor
        label="The rule as JSON"
        text={text}
        check={jsonProblems}
        onChange={(next) => {
          setWritten(next)
          const payload = readPayload(next)
          if (typeof payload !== 'string') onChange(valuesOf(payload))
        }}
      />
      {typeof read === 'string' && <Box color="text-status-error">{read} The rule stays as it was.</Box>}
    </SpaceBetween>
  )
}

const MEMBERS = ['sql', 'description', 'actions', 'ruleDisabled', 'awsIotSqlVersion', 'errorAction']

/** The payload, or why the text is none. */
export function readPayload(text: string): RulePayload | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'This is no JSON yet.'
  }
  if (!isObject(value)) return 'The payload of a rule is an object.'
  const stranger = Object.keys(value).find((name) => !MEMBERS.includes(name))
  if (stranger !== undefined) return `A rule has no ${stranger}: it has ${MEMBERS.join(', ')}.`
  const { sql, description = '', actions, ruleDisabled = false, errorAction, awsIotSqlVersion = '' } = value
  if (typeof sql !== 'string') return 'sql has to be a text.'
  if (typeof description !== 'string') return 'description has to be a text.'
  if (typeof ruleDisabled !== 'boolean') return 'ruleDisabled has to be true or false.'
  if (typeof awsIotSqlVersion !== 'string') return 'awsIotSqlVersion has to be a text.'
  if (!Array.isArray(actions)) return 'actions has to be an array.'
  const all: readonly unknown[] = [...actions, ...(errorAction === undefined ? [] : [errorAction])]
  const wrong = all.findIndex((action) => !isObject(action) || readAction(action) === undefined)
  if (wrong !== -1) {
    const place = wrong < actions.length ? `actions[${wrong}]` : 'errorAction'
    return `${place} has to be an object with the name of one action, as { "sqs": { … } }.`
  }
  return value as unknown as RulePayload // as far as is looked at here; what is within actions, their fields tell
}
