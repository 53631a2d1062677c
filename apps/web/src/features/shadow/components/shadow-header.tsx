import SpaceBetween from '@cloudscape-design/components/space-between'
import { memo, type ReactNode } from 'react'
import { PageHeader } from '../../../shared/help/page-header.tsx'
import { NameText } from '../../../shared/text/name-text.tsx'
import type { Live } from '../model/editor-state.ts'
import type { ShadowEditor } from '../model/shadow-editor.ts'
import type { ShadowKey } from '../model/shadow-key.ts'
import { Actions } from './actions.tsx'
import { ShadowSelect } from './shadow-select.tsx'

interface ShadowHeaderProps extends ShadowKey {
  readonly connection: ReactNode
  readonly live: Live
  readonly hasDraft: boolean
  readonly isDeleting: boolean
  readonly editor: ShadowEditor | undefined
}

/** The device, its connection, and what can be done to the shadow as a whole. Not drawn again with every key. */
export const ShadowHeader = memo(function ShadowHeader(props: ShadowHeaderProps) {
  const { thingName, shadowName, connection, editor, ...shown } = props
  return (
    <PageHeader
      description={connection}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <ShadowSelect thingName={thingName} shadowName={shadowName} />
          {editor && <Actions thingName={thingName} shadowName={shadowName} editor={editor} {...shown} />}
        </SpaceBetween>
      }
    >
      Shadow of <NameText text={thingName} />
    </PageHeader>
  )
})
