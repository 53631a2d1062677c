import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { MOST_TAGS, type Tags } from '@thingdeck/contract'
import { useState } from 'react'
import { ActionButton } from '../action/action-buttons.tsx'
import { Facts } from '../details/facts.tsx'
import { useUndoFlash } from '../flash/use-undo-flash.tsx'
import { FormDialog } from '../form/form-dialog.tsx'
import { PairsField, pairsOf, pairsRule, recordOf } from '../form/pairs-field.tsx'
import { useForm } from '../form/use-form.ts'
import { useWhyNot } from '../session/session.tsx'
import { visible } from '../text/visible.tsx'
import { changeTags, type SendTagsChange, sendTagsOf } from './change-tags.ts'
import { ownTags, TAG_RULES } from './tag-rules.ts'

interface TagsPanelProps {
  readonly resourceArn: string
  /** 'thing group halls' */
  readonly what: string
  /** Undefined: the console may not read them. */
  readonly tags: Tags | undefined
  /** How they are changed, where it is not AWS IoT whose resource has them. */
  readonly send?: SendTagsChange
  /** They are other than they were. */
  readonly onChange: () => void
}

/** The tags of whatever has some, and what changes them. */
export function TagsPanel({ resourceArn, what, tags, send = sendTagsOf(resourceArn), onChange }: TagsPanelProps) {
  const [isEditing, setEditing] = useState(false)
  const entries = Object.entries(tags ?? {})
  const own = Object.keys(ownTags(tags)).length
  return (
    <Container
      header={
        <Header
          variant="h2"
          {...(tags && { counter: `(${own} of ${MOST_TAGS})` })}
          description="For finding it, for bills, and for permissions by tag."
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
      {tags && entries.length === 0 && 'It has no tags.'}
      <Facts
        facts={entries.map(([key, value]) => ({ label: key, value: value === '' ? undefined : visible(value) }))}
      />
      {isEditing && tags && (
        <EditTags
          resourceArn={resourceArn}
          what={what}
          tags={tags}
          send={send}
          onChange={onChange}
          onClose={() => setEditing(false)}
        />
      )}
    </Container>
  )
}

interface EditTagsProps extends TagsPanelProps {
  readonly tags: Tags
  readonly send: SendTagsChange
  readonly onClose: () => void
}

function EditTags({ resourceArn, what, tags, send, onChange, onClose }: EditTagsProps) {
  const undoable = useUndoFlash()
  // What AWS gave stays as it is: it is neither shown for changing nor taken away.
  const [before] = useState(() => ownTags(tags))
  const form = useForm({
    initial: { tags: pairsOf(before) },
    rules: { tags: pairsRule(TAG_RULES) },
    fieldsOfCodes: { LimitExceededException: 'tags', InvalidRequestException: 'tags' },
    async submit(values) {
      try {
        await changeTags(send, before, recordOf(values.tags))
      } catch (error) {
        onChange() // somebody else may have changed them: what is there now is shown behind the dialog
        throw error
      }
    },
    onDone: (_, values) => {
      onChange()
      onClose()
      undoable({
        id: `tags ${resourceArn}`,
        done: `The tags of ${what} were changed`,
        undo: () => changeTags(send, recordOf(values.tags), before),
        failure: `The tags of ${what} could not be put back`,
        onChange,
      })
    },
  })
  return (
    <FormDialog
      form={form}
      header={`Tags of ${what}`}
      action="Save tags"
      failure="The tags could not be changed"
      whyNot={useWhyNot('admin')}
      size="large"
      onClose={onClose}
    >
      <PairsField field={form.field('tags')} rules={TAG_RULES} label="Tags" />
    </FormDialog>
  )
}
