import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { Rotation, RotationAction } from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../shared/action/action.ts'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { visible } from '../../shared/text/visible.tsx'
import { Age, formatDateTime } from '../../shared/time.tsx'
import { rotationQuery } from './api.ts'
import { ActionDialog } from './components/action-dialog.tsx'
import { KeysPanel } from './components/keys-panel.tsx'
import { RotationThingsList } from './components/rotation-things-list.tsx'
import { SightNotice } from './components/sight-notice.tsx'
import { StageCounts } from './components/stage-counts.tsx'
import { JobsPanel } from './jobs/jobs-panel.tsx'
import type { RotationSearch } from './search.ts'
import { fittingIn } from './stage-words.ts'

interface RotationPageProps extends SearchProps<RotationSearch> {
  readonly rotationId: string
}

/** How far a rotation is, what is stuck, and what is to be done next. */
export function RotationPage({ rotationId, search, setSearch }: RotationPageProps) {
  const query = useQuery(rotationQuery(rotationId))
  const [asked, setAsked] = useState<RotationAction>()
  const { data } = query
  const title = data ? `Rotation of ${formatDateTime(Date.parse(data.startedAt))}` : 'Certificate rotation'
  return (
    <>
      <DetailsPage
        title={title}
        breadcrumbs={[
          { text: 'Certificate rotations', href: paths.certificateRotations() },
          { text: title, href: paths.certificateRotation(rotationId) },
        ]}
        status={data && <Status rotation={data} />}
        what="rotation"
        query={query}
        notFound="No rotation of this id is known to this console"
        actions={data ? actionsOn(data, setAsked) : []}
        content={(rotation) => (
          <SpaceBetween size="m">
            <StageCounts rotation={rotation} search={search} setSearch={setSearch} />
            <KeysPanel rotation={rotation} />
            <JobsPanel rotation={rotation} />
            <SightNotice rotation={rotation} />
            <RotationThingsList rotation={rotation} search={search} setSearch={setSearch} />
          </SpaceBetween>
        )}
      />
      {asked && data && <ActionDialog rotation={data} action={asked} onClose={() => setAsked(undefined)} />}
    </>
  )
}

function Status({ rotation: { startedAt, startedBy, pauseSeconds } }: { readonly rotation: Rotation }) {
  return (
    <>
      started <Age atMs={Date.parse(startedAt)} /> by {visible(startedBy)};{' '}
      {pauseSeconds === undefined
        ? 'old certificates are deactivated when somebody says so'
        : `old certificates are deactivated ${pauseInWords(pauseSeconds)} the device was seen with its new one`}
    </>
  )
}

function pauseInWords(seconds: number): string {
  if (seconds === 0) return 'as soon as'
  return seconds % 86_400 === 0 ? `${seconds / 86_400} d after` : `${seconds / 3_600} h after`
}

const WHOLE: readonly (readonly [RotationAction, string])[] = [
  ['undo', 'Undo rotation'],
  ['delete', 'Delete old certificates'],
  ['deactivate', 'Deactivate old certificates now'],
  ['retry', 'Retry what failed'],
]

/** On all things that fit; what fits none now is not in the way. */
const actionsOn = (rotation: Rotation, onAsk: (action: RotationAction) => void): Action[] =>
  WHOLE.filter(([action]) => fittingIn(rotation, action) > 0).map(([action, text]) => ({
    id: action,
    text,
    needs: 'admin' as const,
    onAction: () => onAsk(action),
  }))
