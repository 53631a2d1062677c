import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Shadow } from '@thingdeck/shadows'
import { useState } from 'react'
import { Dialog } from '../../../shared/dialog/dialog.tsx'
import { paths } from '../../../shared/paths.ts'
import { postUpdate, readShadowByRest, shadowQuery, shadowsKey } from '../api.ts'
import { formatShadowKey, type ShadowKey } from '../model/shadow-key.ts'

interface DuplicateDialogProps {
  readonly source: ShadowKey
  readonly shadow: Shadow
  readonly onClose: () => void
}

const THING_NAME = /^[a-zA-Z0-9:_-]{1,128}$/
const SHADOW_NAME = /^[$a-zA-Z0-9:_-]{1,64}$/

/** Copies a shadow to another name, of this thing or another. What is there already is merged into, and said so. */
export function DuplicateDialog({ source, shadow, onClose }: DuplicateDialogProps) {
  const { history } = useRouter()
  const client = useQueryClient()
  const [thingName, setThingName] = useState(source.thingName)
  const [name, setName] = useState('')
  const [withReported, setWithReported] = useState(false)
  const target: ShadowKey = { thingName, shadowName: name === '' ? undefined : name }
  const isValid = THING_NAME.test(thingName) && (name === '' || SHADOW_NAME.test(name))
  const isSame = formatShadowKey(target) === formatShadowKey(source)
  const there = useQuery({ ...shadowQuery(target), enabled: isValid && !isSame })
  const copy = useMutation({
    mutationFn: async () => {
      const { desired, reported } = shadow.state
      const known = await readShadowByRest(target) // the version of now, so that nobody's change is overwritten
      const patch = { ...(desired ? { desired } : {}), ...(withReported && reported ? { reported } : {}) }
      return postUpdate(target, patch, known?.shadow.version)
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: shadowsKey(thingName) })
      history.push(paths.shadow(thingName, target.shadowName))
    },
  })
  return (
    <Dialog
      header={`Duplicate ${formatShadowKey(source)}`}
      action={there.data ? 'Merge into that shadow' : 'Duplicate shadow'}
      disabled={!isValid || isSame || there.isPending}
      busy={copy.isPending}
      error={copy.error}
      failure="The shadow could not be duplicated"
      onAction={() => copy.mutate()}
      onClose={onClose}
    >
      <FormField label="To the thing" errorText={THING_NAME.test(thingName) ? '' : 'The name of a thing'}>
        <Input value={thingName} onChange={({ detail }) => setThingName(detail.value)} />
      </FormField>
      <FormField
        label="Shadow name"
        description="Empty: the classic shadow."
        errorText={isSame ? 'That is this shadow itself.' : ''}
      >
        <Input value={name} onChange={({ detail }) => setName(detail.value)} placeholder="classic shadow" />
      </FormField>
      <Checkbox checked={withReported} onChange={({ detail }) => setWithReported(detail.checked)}>
        Also what is reported (a device of its own will report its own)
      </Checkbox>
      {there.data && (
        <StatusIndicator type="warning">
          {`There is one already, at version ${there.data.shadow.version}: the keys are merged into it.`}
        </StatusIndicator>
      )}
    </Dialog>
  )
}
