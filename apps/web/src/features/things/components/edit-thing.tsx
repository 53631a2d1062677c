import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { endpoints, type ThingDetails } from '@thingdeck/contract'
import { useEffect, useState } from 'react'
import { api } from '../../../shared/api.ts'
import { ConflictChooser, keysInWords } from '../../../shared/diff/conflict-chooser.tsx'
import { DifferenceTable } from '../../../shared/diff/difference-table.tsx'
import { useUndoFlash } from '../../../shared/flash/use-undo-flash.tsx'
import { SENDS_FORM, SubmittingForm } from '../../../shared/form/submitting-form.tsx'
import { THINGS } from '../../../shared/pickers/registry-keys.ts'
import { ThingTypePicker } from '../../../shared/pickers/thing-type-picker.tsx'
import { AttributesField } from '../../../shared/things/attributes-field.tsx'
import { isOvertaken } from '../../../shared/things/is-overtaken.ts'
import { brokenAttributes, changeBetween, type Registered } from '../../../shared/things/thing-attributes.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { UnsavedGuard } from '../../../shared/unsaved/unsaved-guard.tsx'
import { thingDetailsQuery } from '../api.ts'
import { differencesBetween } from '../merge-thing.ts'
import { chosen, draftOf, keyInWords, merged, type ThingDraft, wishOf } from '../thing-draft.ts'

/** While somebody edits, what others do is looked for so often. */
const LOOK_EVERY_MS = 5_000

interface EditThingProps {
  readonly thing: ThingDetails['thing']
  readonly onClose: () => void
}

/** A thing's type and attributes, changed in place: by version, so that nobody overwrites what they did not see. */
export function EditThing({ thing, onClose }: EditThingProps) {
  const { thingName } = thing
  const client = useQueryClient()
  const undoable = useUndoFlash()
  const [draft, setDraft] = useState<ThingDraft>(() => draftOf(thing))
  const [attempts, setAttempts] = useState(0)
  const { data, refetch } = useQuery({ ...thingDetailsQuery(thingName), refetchInterval: LOOK_EVERY_MS })
  useEffect(() => {
    if (data) setDraft((before) => merged(before, data.thing))
  }, [data])
  const wish = wishOf(draft)
  const change = changeBetween(draft.base, wish)
  const broken = brokenAttributes(draft.lines, draft.thingTypeName !== '')
  const save = useMutation({
    mutationFn: async (sent: ThingDraft) => {
      const wanted = changeBetween(sent.base, wishOf(sent))
      if (wanted) await update(thingName, sent, wanted)
      return sent
    },
    onSuccess: (sent) => {
      void client.invalidateQueries({ queryKey: THINGS })
      onClose()
      tell(sent.base, wishOf(sent), { ...sent, version: sent.version + 1 })
    },
    onError: () => void refetch(), // somebody may have been faster: then their version is what was refused for
  })
  const isConflict = isOvertaken(save.error)

  /** Says that it is done, with a way back as long as nobody changes it again. */
  function tell(before: Registered, after: Registered, seen: Seen) {
    const back = changeBetween(after, before)
    if (!back) return
    undoable({
      id: `thing ${thingName} changed`,
      done: `${thingName} was changed`,
      undo: () => update(thingName, seen, back),
      failure: `${thingName} could not be put back`,
      onChange: () => void client.invalidateQueries({ queryKey: THINGS }),
    })
  }

  return (
    <SubmittingForm
      onSubmit={() => {
        setAttempts((count) => count + 1)
        if (broken === undefined && draft.conflicts.length === 0 && !save.isPending) save.mutate(draft)
      }}
    >
      <UnsavedGuard what={`the changes of ${thingName}`} isUnsaved={() => change !== undefined && !save.isSuccess} />
      <SpaceBetween size="m">
        {save.error && !isConflict && <ErrorAlert error={save.error} what="The thing could not be changed" />}
        {isConflict && draft.conflicts.length === 0 && (
          <Alert type="info">
            Somebody was faster: nothing of yours was written. Look at what is there now, and save again.
          </Alert>
        )}
        {draft.taken.length > 0 && (
          <Alert type="info">
            Version {draft.version} came while you were editing: {draft.taken.map(keyInWords).join(', ')}{' '}
            {draft.taken.length === 1 ? 'is' : 'are'} taken over from it.
          </Alert>
        )}
        {draft.conflicts.length > 0 && (
          <ConflictChooser
            conflicts={draft.conflicts}
            header={`Version ${draft.version} changed ${keysInWords(draft.conflicts.length)} that you are changing too: choose`}
            nothing="not there"
            onChoose={(key, side) => setDraft((before) => chosen(before, key, side))}
          />
        )}
        <FormField label="Type" description="With a type it can have 50 attributes, without one 3." stretch>
          <ThingTypePicker
            label="Type"
            none="No type"
            value={draft.thingTypeName}
            onChange={(thingTypeName) => setDraft((before) => ({ ...before, thingTypeName }))}
          />
        </FormField>
        <FormField label="Attributes" errorText={attempts > 0 ? broken : undefined} stretch>
          <AttributesField
            lines={draft.lines}
            hasType={draft.thingTypeName !== ''}
            saysAll={attempts > 0}
            onChange={(lines) => setDraft((before) => ({ ...before, lines }))}
          />
        </FormField>
        {change && (
          <DifferenceTable
            label={`What changes of ${thingName}`}
            differences={differencesBetween(draft.base, wish).map(({ key, ...values }) => ({
              key: keyInWords(key),
              ...values,
            }))}
          />
        )}
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button formAction="none" variant="link" disabled={save.isPending} onClick={onClose}>
              Cancel
            </Button>
            <Button
              variant="primary"
              nativeButtonAttributes={SENDS_FORM}
              loading={save.isPending}
              disabled={change === undefined || draft.conflicts.length > 0}
              {...(draft.conflicts.length > 0
                ? { disabledReason: 'Choose for each key that somebody else changed, too.' }
                : change === undefined && { disabledReason: 'Nothing is changed yet.' })}
            >
              Save changes
            </Button>
          </SpaceBetween>
        </Box>
      </SpaceBetween>
    </SubmittingForm>
  )
}

type Seen = Pick<ThingDraft, 'version' | 'thingId'>

const update = (
  thingName: string,
  { version: expectedVersion, thingId: expectedThingId }: Seen,
  change: NonNullable<ReturnType<typeof changeBetween>>,
): Promise<undefined> =>
  api(endpoints.updateThing, {
    params: { thingName },
    body: { expectedVersion, ...(expectedThingId !== undefined && { expectedThingId }), ...change },
  })
