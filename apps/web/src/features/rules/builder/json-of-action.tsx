import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { JsonEditor } from '../../../shared/editor/create-editor.tsx'
import { jsonProblems } from '../../../shared/editor/json-problems.ts'
import { jsonObjectIn } from '../../../shared/json-object-in.ts'
import type { ActionSettings } from '../actions/action-description.ts'
import type { EditedAction } from './rule-values.ts'

interface JsonOfActionProps {
  readonly action: EditedAction
  readonly onChange: (settings: ActionSettings) => void
}

const textOf = (settings: ActionSettings) => JSON.stringify(settings, undefined, 2)

/** The settings of an action as AWS's API has them; what is no JSON yet changes nothing. */
export function JsonOfAction({ action, onChange }: JsonOfActionProps) {
  const [written, setWritten] = useState(() => textOf(action.settings))
  const read = jsonObjectIn(written)
  // What the fields, or a role that is filled in, made of it meanwhile.
  const text = read && textOf(read) === textOf(action.settings) ? written : read ? textOf(action.settings) : written
  return (
    <SpaceBetween size="xs">
      <JsonEditor
        label={`Settings of ${action.name} as JSON`}
        text={text}
        check={jsonProblems}
        onChange={(next) => {
          setWritten(next)
          const settings = jsonObjectIn(next)
          if (settings) onChange(settings)
        }}
      />
      {!read && <Box color="text-status-error">This is no JSON object yet; the action stays as it was.</Box>}
    </SpaceBetween>
  )
}
