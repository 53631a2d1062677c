import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { TagsPanel } from '../../shared/tags/tags-panel.tsx'
import { policiesChanged, policyQuery } from './api.ts'
import { DeletePolicyDialog } from './components/delete-policy-dialog.tsx'
import { DocumentTab } from './components/document-tab.tsx'
import { EditTab } from './components/edit-tab.tsx'
import { TargetsTab } from './components/targets-tab.tsx'
import { VersionsTab } from './components/versions-tab.tsx'
import type { PolicySearch } from './search.ts'

interface PolicyPageProps extends SearchProps<PolicySearch> {
  readonly policyName: string
}

export function PolicyPage({ policyName, search, setSearch }: PolicyPageProps) {
  const query = useQuery(policyQuery(policyName))
  const client = useQueryClient()
  const [isDeleting, setDeleting] = useState(false)
  const whyNot = query.data ? undefined : 'It was not read yet.'
  return (
    <>
      <DetailsPage
        title={policyName}
        breadcrumbs={[
          { text: 'Policies', href: paths.policies() },
          { text: policyName, href: paths.policy(policyName) },
        ]}
        what="policy"
        query={query}
        notFound={`There is no policy named ${policyName}`}
        actions={[
          { id: 'rehearse', text: 'Rehearse', href: paths.policyRehearsal(policyName) },
          { id: 'delete', text: 'Delete policy', needs: 'admin', onAction: () => setDeleting(true), whyNot },
        ]}
        tabs={[
          { id: 'document', label: 'Document', content: (policy) => <DocumentTab policy={policy} /> },
          { id: 'edit', label: 'Edit', content: (policy) => <EditTab policy={policy} /> },
          {
            id: 'versions',
            label: 'Versions',
            content: (policy) => <VersionsTab policy={policy} search={search} setSearch={setSearch} />,
          },
          { id: 'targets', label: 'Attached to', content: (policy) => <TargetsTab policy={policy} /> },
          {
            id: 'tags',
            label: 'Tags',
            content: ({ policyArn, tags }) => (
              <TagsPanel
                resourceArn={policyArn}
                what={`the policy ${policyName}`}
                tags={tags}
                onChange={() => void policiesChanged(client)}
              />
            ),
          },
        ]}
        search={search}
        setSearch={setSearch}
      />
      {isDeleting && <DeletePolicyDialog policyName={policyName} onClose={() => setDeleting(false)} />}
    </>
  )
}
