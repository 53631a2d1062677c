import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { BillingGroup } from '@thingdeck/contract'
import { useState } from 'react'
import { ActionButton } from '../../shared/action/action-buttons.tsx'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { Facts } from '../../shared/details/facts.tsx'
import { paths } from '../../shared/paths.ts'
import { BILLING_GROUPS } from '../../shared/pickers/registry-keys.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { TagsPanel } from '../../shared/tags/tags-panel.tsx'
import { Age } from '../../shared/time.tsx'
import { billingGroupQuery } from './api.ts'
import { BillingGroupThings } from './components/billing-group-things.tsx'
import { DeleteBillingGroupDialog } from './components/delete-billing-group-dialog.tsx'
import { EditBillingGroupDialog } from './components/edit-billing-group-dialog.tsx'
import type { BillingGroupSearch } from './search.ts'

interface BillingGroupPageProps extends SearchProps<BillingGroupSearch> {
  readonly billingGroupName: string
}

export function BillingGroupPage({ billingGroupName, search, setSearch }: BillingGroupPageProps) {
  const query = useQuery(billingGroupQuery(billingGroupName))
  const client = useQueryClient()
  const [isDeleting, setDeleting] = useState(false)
  return (
    <>
      <DetailsPage
        title={billingGroupName}
        breadcrumbs={[
          { text: 'Billing groups', href: paths.billingGroups() },
          { text: billingGroupName, href: paths.billingGroup(billingGroupName) },
        ]}
        what="billing group"
        query={query}
        notFound={`There is no billing group named ${billingGroupName}`}
        actions={[
          {
            id: 'delete',
            text: 'Delete billing group',
            needs: 'admin',
            whyNot: query.data ? undefined : 'It was not read yet.',
            onAction: () => setDeleting(true),
          },
        ]}
        tabs={[
          { id: 'overview', label: 'Overview', content: (group) => <Overview group={group} /> },
          { id: 'things', label: 'Things', content: <BillingGroupThings billingGroupName={billingGroupName} /> },
          {
            id: 'tags',
            label: 'Tags',
            content: ({ billingGroupArn, tags }) => (
              <TagsPanel
                resourceArn={billingGroupArn}
                what={`the billing group ${billingGroupName}`}
                tags={tags}
                onChange={() => void client.invalidateQueries({ queryKey: BILLING_GROUPS })}
              />
            ),
          },
        ]}
        search={search}
        setSearch={setSearch}
      />
      {isDeleting && (
        <DeleteBillingGroupDialog billingGroupName={billingGroupName} onClose={() => setDeleting(false)} />
      )}
    </>
  )
}

function Overview({ group }: { readonly group: BillingGroup }) {
  const { billingGroupArn, billingGroupId, description, version, createdAt } = group
  const [isEditing, setEditing] = useState(false)
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={<ActionButton id="edit" text="Edit billing group" needs="admin" onAction={() => setEditing(true)} />}
        >
          Details
        </Header>
      }
    >
      <Facts
        facts={[
          { label: 'Description', value: description },
          { label: 'Version', value: version },
          createdAt === undefined ? undefined : { label: 'Created', value: <Age atMs={Date.parse(createdAt)} /> },
          { label: 'ARN', copy: billingGroupArn },
          billingGroupId === undefined ? undefined : { label: 'Billing group id', copy: billingGroupId },
        ]}
      />
      {isEditing && <EditBillingGroupDialog group={group} onClose={() => setEditing(false)} />}
    </Container>
  )
}
