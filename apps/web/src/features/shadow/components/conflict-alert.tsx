import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { formatPath, type JsonValue, stringifyJson } from '@thingdeck/json'
import type { MergeConflict } from '@thingdeck/shadows'
import { useState } from 'react'

interface ConflictAlertProps {
  readonly version: number | undefined
  readonly conflicts: readonly MergeConflict[]
  readonly onResolve: (choices: ReadonlyMap<number, 'mine' | 'theirs'>) => void
}

/** Keys that two people changed differently: each is chosen, none is lost. */
export function ConflictAlert({ version, conflicts, onResolve }: ConflictAlertProps) {
  const [choices, setChoices] = useState<ReadonlyMap<number, 'mine' | 'theirs'>>(new Map())
  return (
    <Alert
      type="warning"
      header={
        version === undefined
          ? 'The shadow was deleted while you were editing'
          : `Version ${version} arrived while you were editing: choose`
      }
      action={<Button onClick={() => onResolve(choices)}>Apply choices</Button>}
    >
      <SpaceBetween size="xs">
        {conflicts.map(({ path, base, theirs, mine }, index) => (
          <div key={formatPath(path)} className="td-conflict">
            <span className="td-mono">{formatPath(path.slice(1)).replace(/^\$\.?/, '')}</span>
            <SegmentedControl
              label={`Which value for ${formatPath(path.slice(1))}`}
              selectedId={choices.get(index) ?? 'mine'}
              options={[
                { id: 'mine', text: `Mine: ${words(mine)}` },
                { id: 'theirs', text: `Theirs: ${words(theirs)}` },
              ]}
              onChange={({ detail }) =>
                setChoices(new Map(choices).set(index, detail.selectedId === 'theirs' ? 'theirs' : 'mine'))
              }
            />
            <span className="td-weak">was {words(base)}</span>
          </div>
        ))}
      </SpaceBetween>
    </Alert>
  )
}

const words = (value: JsonValue | undefined) => (value === undefined ? 'no such key' : stringifyJson(value))
