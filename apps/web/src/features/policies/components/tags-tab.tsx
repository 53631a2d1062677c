import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { useQueryClient } from '@tanstack/react-query'
import { endpoints, type Policy } from '@thingdeck/contract'
import { useState } from 'react'
import { ActionButton } from '../../../shared/action/action-buttons.tsx'
import { api } from '../../../shared/api.ts'
import { Facts } from '../../../shared/details/facts.tsx'
import { TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { useForm } from '../../../shared/form/use-form.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { formatTags, parseTags, TAGS_RULE } from '../../../shared/tags/tag-lines.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { policiesChanged } from '../api.ts'

export function TagsTab({ policy }: { readonly policy: Policy }) {
  const { tags } = policy
  const [isEditing, setEditing] = useState(false)
  const entries = Object.entries(tags ?? {})
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="For finding policies, billing, and permissions by tag."
          actions={
            <ActionButton
              id="tags"
              text="Edit tags"
              needs="admin"
              whyNot={tags ? undefined : 'Tags that cannot be read are left as they are.'}
              onAction={() => setEditing(true)}
            />
          }
        >
          Tags
        </Header>
      }
    >
      {tags === undefined && 'The console may not read them: iot:ListTagsForResource was refused.'}
      {tags && entries.length === 0 && 'The policy has no tags.'}
      <Facts facts={entries.map(([key, value]) => ({ label: key, value: visible(value) }))} />
      {isEditing && <EditTags policy={policy} onClose={() => setEditing(false)} />}
    </Container>
  )
}

function EditTags({ policy, onClose }: { readonly policy: Policy; readonly onClose: () => void }) {
  const { policyName, tags } = policy
  const client = useQueryClient()
  const form = useForm({
    initial: { tags: formatTags(tags) },
    rules: { tags: TAGS_RULE },
    submit: (values) =>
      api(endpoints.setPolicyTags, { params: { policyName }, body: { tags: { ...parseTags(values.tags) } } }),
    onDone: () => {
      void policiesChanged(client)
      onClose()
    },
  })
  return (
    <FormDialog
      form={form}
      header={`Tags of ${policyName}`}
      action="Save tags"
      failure="The tags could not be changed"
      whyNot={useWhyNot('admin')}
      onClose={onClose}
    >
      <TextField field={form.field('tags')} label="Tags" constraint="One key=value a line." rows={6} />
    </FormDialog>
  )
}
