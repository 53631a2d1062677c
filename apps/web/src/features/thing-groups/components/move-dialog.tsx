import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { ThingGroup } from '@thingdeck/contract'
import { useMemo, useState } from 'react'
import { isNotFound } from '../../../shared/http.ts'
import { paths } from '../../../shared/paths.ts'
import { THING_GROUPS } from '../../../shared/pickers/registry-keys.ts'
import { ThingGroupPicker } from '../../../shared/pickers/thing-group-picker.tsx'
import { PlanDialog } from '../../../shared/plan/plan-dialog.tsx'
import { saveFile } from '../../../shared/save-file.ts'
import { FirstNames } from '../../../shared/text/first-names.tsx'
import { NameText } from '../../../shared/text/name-text.tsx'
import { useDebounced } from '../../../shared/use-debounced.ts'
import { thingGroupPoliciesQuery, thingGroupQuery } from '../api.ts'
import { hierarchyMembersQuery, subtreeQuery } from '../group-subtree.ts'
import { moveConsequences } from '../move-consequences.ts'
import { moveOf, whyNotMoved } from '../thing-group-move.ts'
import { MovedGroups } from './moved-groups.tsx'

interface MoveDialogProps {
  readonly group: ThingGroup
  readonly onClose: () => void
}

/** So many things that are in the way are named. */
const NAMED = 5
const TYPED_MS = 300

/** Moves a group with all below it, or gives it another name, by the plan that AWS leaves for that. */
export function MoveDialog({ group: { thingGroupName, parents }, onClose }: MoveDialogProps) {
  const { history } = useRouter()
  const client = useQueryClient()
  const [parentName, setParent] = useState(parents.at(-1) ?? '')
  const [newName, setNewName] = useState(thingGroupName)
  const settledName = useDebounced(newName, TYPED_MS)
  const subtree = useQuery(subtreeQuery(thingGroupName))
  const parent = useQuery({ ...thingGroupQuery(parentName), enabled: parentName !== '', staleTime: 0 })
  const policies = useQuery({ ...thingGroupPoliciesQuery(parentName), enabled: parentName !== '', staleTime: 0 })
  const namesake = useQuery({
    ...thingGroupQuery(settledName),
    enabled: settledName !== thingGroupName && settledName !== '',
    staleTime: 0,
    retry: false,
  })
  const isFree = isNotFound(namesake.error)
  const to = parentName === '' ? undefined : parent.data
  const highest = to && (to.parents[0] ?? to.thingGroupName)
  const isOtherHierarchy = highest !== undefined && highest !== (parents[0] ?? thingGroupName)
  const nodes = subtree.data?.nodes
  const there = useQuery({ ...hierarchyMembersQuery(highest ?? ''), enabled: isOtherHierarchy && nodes !== undefined })
  const thingsThere = isOtherHierarchy ? there.data?.thingNames : undefined
  const inTheWay = useMemo(
    () =>
      thingsThere === undefined
        ? []
        : (nodes ?? []).flatMap(({ thingNames = [] }) => thingNames.filter((name) => thingsThere.has(name))),
    [nodes, thingsThere],
  )
  const isNewName = newName !== thingGroupName
  const isRead =
    subtree.data !== undefined &&
    (parentName === '' || (to !== undefined && policies.data !== undefined && !policies.isFetching)) &&
    (!isOtherHierarchy || there.data !== undefined)
  const isNameKnown = !isNewName || (settledName === newName && (isFree || namesake.data !== undefined))
  const wish = subtree.data && { subtree: subtree.data, parent: to, newName }
  const taken = isNewName && settledName === newName && namesake.data !== undefined
  const broken = wish && isRead ? whyNotMoved(wish) : undefined
  return (
    <PlanDialog
      size="large"
      header={`Move the thing group ${thingGroupName}`}
      action="Move thing group"
      plan={
        wish && isRead
          ? {
              ...moveOf(wish),
              ...(broken !== undefined && { steps: [] }), // nothing would be done
              onChange: () => void client.invalidateQueries({ queryKey: THING_GROUPS }),
              onDone: () => {
                // Whoever went elsewhere meanwhile stays there.
                if (isNewName && history.location.pathname === paths.thingGroup(thingGroupName))
                  history.replace(paths.thingGroup(newName))
              },
            }
          : undefined
      }
      error={
        subtree.error ?? parent.error ?? policies.error ?? there.error ?? (isNewName && !isFree ? namesake.error : null)
      }
      consequences={
        wish && isRead && broken === undefined
          ? moveConsequences(wish, policies.data?.policies ?? [], there.data?.isWhole ?? true)
          : []
      }
      whyNot={
        broken ??
        (taken
          ? `There is a thing group named ${newName}.`
          : inTheWay.length > 0
            ? 'Things are in the hierarchy already.'
            : isNameKnown
              ? undefined
              : 'The name is being looked up.')
      }
      onClose={onClose}
    >
      <FormField label="Below" stretch>
        <ThingGroupPicker
          label="Below"
          value={parentName}
          onChange={setParent}
          none="No group: it is of the highest level"
        />
      </FormField>
      <FormField
        label="Name"
        description="With another one the group is there before its things move, so that they have its own policies all the time."
        errorText={taken ? 'There is a thing group of this name.' : undefined}
        stretch
      >
        <Input
          ariaLabel="Name"
          value={newName}
          spellcheck={false}
          autoComplete={false}
          onChange={({ detail }) => setNewName(detail.value)}
        />
      </FormField>
      {inTheWay.length > 0 && (
        <Alert type="warning" header="A thing is in one group of a hierarchy at most">
          In groups of the hierarchy of {highest} {inTheWay.length === 1 ? 'is' : 'are'} already{' '}
          <FirstNames names={inTheWay} count={inTheWay.length} most={NAMED} show={(name) => <NameText text={name} />} />
          . Take {inTheWay.length === 1 ? 'it' : 'them'} out of one of the two first.
        </Alert>
      )}
      {wish && isRead && broken === undefined && (
        <>
          <MovedGroups wish={wish} />
          <Button
            iconName="download"
            onClick={() =>
              saveFile(
                new Blob([JSON.stringify(wish.subtree.nodes, null, 2)], { type: 'application/json' }),
                `${thingGroupName}.json`,
              )
            }
          >
            Save what is there now
          </Button>
        </>
      )}
    </PlanDialog>
  )
}
