import Alert from '@cloudscape-design/components/alert'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { Dialog } from '../../../shared/dialog/dialog.tsx'
import { paths } from '../../../shared/paths.ts'
import { postUpdate, SHADOW_TEMPLATES, shadowsKey } from '../api.ts'

interface NewShadowDialogProps {
  readonly thingName: string
  readonly existing: readonly (string | undefined)[]
  readonly onClose: () => void
}

/** 1 to 64 of these (AWS IoT data plane API, `shadowName`). */
const SHADOW_NAME = /^[$a-zA-Z0-9:_-]{1,64}$/

export function NewShadowDialog({ thingName, existing, onClose }: NewShadowDialogProps) {
  const { history } = useRouter()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [templateId, setTemplateId] = useState('empty')
  const shadowName = name === '' ? undefined : name
  const fault = faultOf(name, existing.includes(shadowName))
  const template = SHADOW_TEMPLATES.find(({ id }) => id === templateId)
  const create = useMutation({
    mutationFn: () => {
      const desired = template?.desired
      return postUpdate({ thingName, shadowName }, desired && desired.size > 0 ? { desired } : {})
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: shadowsKey(thingName) })
      history.push(paths.shadow(thingName, shadowName))
    },
  })
  const options = SHADOW_TEMPLATES.map(({ id, label }) => ({ value: id, label }))
  return (
    <Dialog
      header={`New shadow of ${thingName}`}
      action="Create shadow"
      disabled={fault !== undefined}
      busy={create.isPending}
      error={create.error}
      failure="The shadow could not be created"
      onAction={() => create.mutate()}
      onClose={onClose}
    >
      <FormField
        label="Name"
        description={
          existing.includes(undefined)
            ? 'The thing has its classic shadow already: this one needs a name.'
            : 'Leave it empty for the classic shadow; a thing has at most one.'
        }
        errorText={name === '' ? undefined : fault}
      >
        <Input value={name} onChange={({ detail }) => setName(detail.value)} placeholder="classic shadow" />
      </FormField>
      <FormField label="Begin with">
        <Select
          options={options}
          selectedOption={options.find(({ value }) => value === templateId) ?? null}
          onChange={({ detail }) => setTemplateId(detail.selectedOption.value ?? 'empty')}
        />
      </FormField>
      <Alert type="info">
        A shadow begins with its first update, at version 1. If one of this name was deleted less than 48 hours ago, its
        version goes on counting.
      </Alert>
    </Dialog>
  )
}

function faultOf(name: string, isTaken: boolean): string | undefined {
  if (isTaken) return name === '' ? 'The thing has a classic shadow already: give a name.' : 'There is one already.'
  if (name !== '' && !SHADOW_NAME.test(name)) return 'At most 64 letters, digits and $ : _ -'
  return undefined
}
