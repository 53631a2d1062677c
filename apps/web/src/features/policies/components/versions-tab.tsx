import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import { useRouter } from '@tanstack/react-router'
import { MOST_POLICY_VERSIONS, type Policy, type PolicyVersion } from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../../shared/action/action.ts'
import { versionColumns } from '../../../shared/diff/version-columns.tsx'
import { VersionComparison } from '../../../shared/diff/version-comparison.tsx'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { messageOf } from '../../../shared/message-of.ts'
import { paths } from '../../../shared/paths.ts'
import { readPolicyDraft } from '../../../shared/policy-editor/policy-drafts.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import type { PolicySearch } from '../search.ts'
import { useEditVersion } from '../use-edit-version.ts'
import { DeleteVersionDialog } from './delete-version-dialog.tsx'
import { SetDefaultDialog } from './set-default-dialog.tsx'
import { VersionDiff } from './version-diff.tsx'

interface VersionsTabProps extends SearchProps<PolicySearch> {
  readonly policy: Policy
}

type Asked = { readonly act: 'default' | 'delete'; readonly versionId: string }

/** The versions that AWS keeps, what differs between any two of them, and which one decides. */
export function VersionsTab({ policy, search, setSearch }: VersionsTabProps) {
  const { policyName, versions } = policy
  const [asked, setAsked] = useState<Asked>()
  const editVersion = useEditVersion(policyName)
  const { history } = useRouter()
  const hasDraft = readPolicyDraft(policyName) !== undefined
  const { flash } = useFlash()
  const close = () => setAsked(undefined)

  async function edit(versionId: string): Promise<void> {
    try {
      await editVersion(versionId)
      history.push(paths.editPolicy(policyName))
    } catch (error) {
      flash({
        id: `edit ${policyName}`,
        type: 'error',
        header: `Version ${versionId} of ${policyName} could not be read`,
        content: messageOf(error),
      })
    }
  }

  const actionsOf = ({ versionId, isDefault }: PolicyVersion): readonly Action[] => [
    {
      id: 'compare',
      text: 'Compare with default',
      href: paths.policy(policyName, { tab: 'versions', version: versionId }),
      whyNot: isDefault ? 'It is the default version.' : undefined,
    },
    {
      id: 'edit',
      text: 'Edit from this version',
      needs: 'admin',
      whyNot: hasDraft ? 'There is a draft already: save or discard it first.' : undefined,
      onAction: () => void edit(versionId),
    },
    {
      id: 'default',
      text: 'Set as default',
      needs: 'admin',
      whyNot: isDefault ? 'It is the default version.' : undefined,
      onAction: () => setAsked({ act: 'default', versionId }),
    },
    {
      id: 'delete',
      text: 'Delete version',
      needs: 'admin',
      whyNot: isDefault ? 'AWS deletes no default version: make another one the default first.' : undefined,
      onAction: () => setAsked({ act: 'delete', versionId }),
    },
  ]

  return (
    <SpaceBetween size="m">
      <Table
        variant="container"
        ariaLabels={{ tableLabel: 'Versions' }}
        items={versions}
        trackBy="versionId"
        header={
          <Header
            variant="h2"
            counter={`(${versions.length} of ${MOST_POLICY_VERSIONS})`}
            description={roomWords(policy)}
          >
            Versions
          </Header>
        }
        columnDefinitions={versionColumns(actionsOf)}
      />
      {versions.length > 1 ? (
        <VersionComparison
          versions={versions}
          defaultVersionId={policy.defaultVersionId}
          search={search}
          setSearch={setSearch}
        >
          {(from, to) => <VersionDiff policyName={policyName} from={from} to={to} />}
        </VersionComparison>
      ) : (
        <Container>There is one version only: nothing to compare it with yet.</Container>
      )}
      {asked?.act === 'default' && <SetDefaultDialog policy={policy} versionId={asked.versionId} onClose={close} />}
      {asked?.act === 'delete' && <DeleteVersionDialog policy={policy} versionId={asked.versionId} onClose={close} />}
    </SpaceBetween>
  )
}

function roomWords({ versions }: Policy): string {
  const left = MOST_POLICY_VERSIONS - versions.length
  const room =
    left > 0
      ? `${left} more can be saved.`
      : 'There is no room: saving another one deletes the oldest that is not the default, which is said before.'
  return `AWS keeps ${MOST_POLICY_VERSIONS} versions of a policy. ${room}`
}
