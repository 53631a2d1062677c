import './conflict-chooser.css'
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { formatPath, type JsonValue, stringifyJson } from '@thingdeck/json'
import type { MergeConflict } from '@thingdeck/shadows'
import { visible } from '../../../shared/text/visible.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { formatKey } from '../model/rows.ts'

interface ConflictChooserProps {
  readonly conflicts: readonly MergeConflict[]
  /** Of the shadow now; undefined if it is gone. */
  readonly version: number | undefined
  readonly onChoose: (conflict: MergeConflict, side: 'base' | 'theirs' | 'mine') => void
}

/** Keys that somebody else changed differently meanwhile: each is chosen, none is lost. */
export function ConflictChooser({ conflicts, version, onChoose }: ConflictChooserProps) {
  const count = conflicts.length === 1 ? '1 key' : `${conflicts.length} keys`
  return (
    <Alert
      type="warning"
      header={
        version === undefined
          ? `The shadow was deleted while you were editing: choose for ${count}`
          : `Version ${version} changed ${count} that you are changing too: choose`
      }
      action={
        conflicts.length > 1 && (
          <SpaceBetween direction="horizontal" size="xs">
            {(['mine', 'theirs'] as const).map((side) => (
              <Button
                key={side}
                onClick={() => {
                  for (const conflict of conflicts) onChoose(conflict, side)
                }}
              >
                {side === 'mine' ? 'All mine' : 'All theirs'}
              </Button>
            ))}
          </SpaceBetween>
        )
      }
    >
      <ul className="td-plain-list">
        {conflicts.map((conflict) => (
          <li key={formatPath(conflict.path)} className="td-conflict">
            <span className="td-mono">{visible(nameOf(conflict))}</span>
            <span className="td-weak">was {visible(words(conflict.base))}</span>
            <fieldset className="td-conflict-sides">
              <legend className="td-sr">Which value for {visibleText(nameOf(conflict))}</legend>
              <Button onClick={() => onChoose(conflict, 'mine')}>Mine: {visible(words(conflict.mine))}</Button>
              <Button onClick={() => onChoose(conflict, 'theirs')}>Theirs: {visible(words(conflict.theirs))}</Button>
              <Button variant="link" onClick={() => onChoose(conflict, 'base')}>
                As it was
              </Button>
            </fieldset>
          </li>
        ))}
      </ul>
    </Alert>
  )
}

function nameOf({ path: [section, ...rest] }: MergeConflict): string {
  return section === 'desired' ? formatKey(rest) : `${String(section)}: ${formatKey(rest)}`
}

const words = (value: JsonValue | undefined) => (value === undefined ? 'no such key' : stringifyJson(value))
