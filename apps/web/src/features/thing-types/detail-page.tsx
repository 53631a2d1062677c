import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ThingTypeDetail } from '@thingdeck/contract'
import { useState } from 'react'
import { ActionButton } from '../../shared/action/action-buttons.tsx'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { paths } from '../../shared/paths.ts'
import { THING_TYPES } from '../../shared/pickers/registry-keys.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { TagsPanel } from '../../shared/tags/tags-panel.tsx'
import { useNow } from '../../shared/time.tsx'
import { thingTypeQuery } from './api.ts'
import { EditPropagatingDialog } from './components/edit-propagating-dialog.tsx'
import { ThingTypeDialog } from './components/thing-type-dialog.tsx'
import { Deletable, ThingTypeFacts } from './components/thing-type-facts.tsx'
import { ThingTypeState } from './components/thing-type-state.tsx'
import { ThingsOfType } from './components/things-of-type.tsx'
import type { ThingTypeSearch } from './search.ts'
import { type AskedAct, thingTypeActions } from './thing-type-actions.ts'

interface ThingTypePageProps extends SearchProps<ThingTypeSearch> {
  readonly thingTypeName: string
}

export function ThingTypePage({ thingTypeName, search, setSearch }: ThingTypePageProps) {
  const query = useQuery(thingTypeQuery(thingTypeName))
  const client = useQueryClient()
  const nowMs = useNow()
  const [asked, setAsked] = useState<AskedAct>()
  const { data } = query
  return (
    <>
      <DetailsPage
        title={thingTypeName}
        breadcrumbs={[
          { text: 'Thing types', href: paths.thingTypes() },
          { text: thingTypeName, href: paths.thingType(thingTypeName) },
        ]}
        status={data && <Status type={data} />}
        what="thing type"
        query={query}
        notFound={`There is no thing type named ${thingTypeName}`}
        actions={[
          ...(data ? thingTypeActions(data, nowMs, setAsked) : []),
          { id: 'things', text: 'Show things', href: paths.things({ type: thingTypeName }) },
        ]}
        tabs={[
          { id: 'overview', label: 'Overview', content: (type) => <Overview type={type} /> },
          { id: 'things', label: 'Things', content: <ThingsOfType thingTypeName={thingTypeName} /> },
          {
            id: 'tags',
            label: 'Tags',
            content: ({ thingTypeArn, tags }) => (
              <TagsPanel
                resourceArn={thingTypeArn}
                what={`the thing type ${thingTypeName}`}
                tags={tags}
                onChange={() => void client.invalidateQueries({ queryKey: THING_TYPES })}
              />
            ),
          },
        ]}
        search={search}
        setSearch={setSearch}
      />
      {asked && <ThingTypeDialog {...asked} onClose={() => setAsked(undefined)} />}
    </>
  )
}

function Status({ type }: { readonly type: ThingTypeDetail }) {
  return (
    <>
      <ThingTypeState type={type} />
      {type.isDeprecated && (
        <>
          {' '}
          Can be deleted <Deletable type={type} />.
        </>
      )}
    </>
  )
}

function Overview({ type }: { readonly type: ThingTypeDetail }) {
  const [isEditing, setEditing] = useState(false)
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <ActionButton
              id="propagating"
              text="Edit propagated attributes"
              needs="admin"
              onAction={() => setEditing(true)}
            />
          }
        >
          Details
        </Header>
      }
    >
      <ThingTypeFacts type={type} id={type.thingTypeId} />
      {isEditing && <EditPropagatingDialog type={type} onClose={() => setEditing(false)} />}
    </Container>
  )
}
