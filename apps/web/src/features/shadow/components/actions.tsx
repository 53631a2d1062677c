import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import { memo, useState } from 'react'
import { paths } from '../../../shared/paths.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import type { Live } from '../model/editor-state.ts'
import type { ShadowEditor } from '../model/shadow-editor.ts'
import type { ShadowKey } from '../model/shadow-key.ts'
import { DeleteDialog } from './delete-dialog.tsx'
import { DuplicateDialog } from './duplicate-dialog.tsx'

interface ActionsProps extends ShadowKey {
  readonly live: Live
  readonly hasDraft: boolean
  readonly isDeleting: boolean
  readonly editor: ShadowEditor
}

export const Actions = memo(function Actions({
  thingName,
  shadowName,
  live,
  hasDraft,
  isDeleting,
  editor,
}: ActionsProps) {
  const shadowKey = { thingName, shadowName }
  const [dialog, setDialog] = useState<'duplicate' | 'delete'>()
  const forbidden = useWhyNot('operator')
  const shadow = live.kind === 'shadow' ? live.document.shadow : undefined
  const whyNot = forbidden ?? (shadow ? undefined : 'There is no shadow.')
  const disabled = whyNot === undefined ? {} : { disabled: true, disabledReason: whyNot }
  return (
    <>
      <ButtonDropdown
        items={[
          { id: 'refresh', text: 'Read again' },
          { id: 'duplicate', text: 'Duplicate shadow', ...disabled },
          { id: 'delete', text: 'Delete shadow', ...disabled },
          {
            id: 'many',
            text: 'Change a key on many things',
            href: paths.bulkChanges({ things: [shadowKey.thingName] }),
          },
        ]}
        loading={isDeleting}
        onItemClick={({ detail }) => {
          if (detail.id === 'refresh') editor.refresh()
          else if (detail.id === 'duplicate' || detail.id === 'delete') setDialog(detail.id)
        }}
      >
        Actions
      </ButtonDropdown>
      {dialog === 'duplicate' && shadow && (
        <DuplicateDialog source={shadowKey} shadow={shadow} onClose={() => setDialog(undefined)} />
      )}
      {dialog === 'delete' && shadow && (
        <DeleteDialog
          shadowKey={shadowKey}
          version={shadow.version}
          hasDraft={hasDraft}
          onClose={() => setDialog(undefined)}
          onDelete={() => editor.dispatch({ type: 'delete' })}
        />
      )}
    </>
  )
})
