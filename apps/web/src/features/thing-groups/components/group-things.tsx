import Checkbox from '@cloudscape-design/components/checkbox'
import Toggle from '@cloudscape-design/components/toggle'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import type { ThingGroup } from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../../shared/action/action.ts'
import { paths } from '../../../shared/paths.ts'
import { THING_GROUPS } from '../../../shared/pickers/registry-keys.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { AddThingDialog } from '../../../shared/things/add-thing-dialog.tsx'
import { RemoveThingDialog } from '../../../shared/things/remove-thing-dialog.tsx'
import { ThingNames } from '../../../shared/things/thing-names.tsx'
import { thingGroupThingsQuery } from '../api.ts'
import type { ThingGroupSearch } from '../search.ts'
import { addThing, removeThing } from '../thing-group-plans.ts'

const PAGE_SIZE = 100

interface GroupThingsProps extends SearchProps<ThingGroupSearch> {
  readonly group: ThingGroup
}

/** The things in a group, and where one wants in those below it. */
export function GroupThings({ group, search, setSearch }: GroupThingsProps) {
  const { thingGroupName, queryString } = group
  const isDynamic = queryString !== undefined
  const isRecursive = !isDynamic && search.below === 'yes'
  const client = useQueryClient()
  const pages = useInfiniteQuery(thingGroupThingsQuery(thingGroupName, isRecursive, PAGE_SIZE))
  const [isAdding, setAdding] = useState(false)
  const [removing, setRemoving] = useState<string>()
  const onChange = () => void client.invalidateQueries({ queryKey: THING_GROUPS })
  const byQuery = isDynamic ? 'Its query says which things are in it.' : undefined
  const add: Action = {
    id: 'add',
    text: 'Add thing',
    needs: 'admin',
    isPrimary: true,
    whyNot: byQuery,
    onAction: () => setAdding(true),
  }
  return (
    <>
      <ThingNames
        name="group-things"
        title="Things in this group"
        description={
          isDynamic
            ? 'Found by its query. AWS leaves out things that are in ten groups already.'
            : 'A thing is in one group of a hierarchy at most, and in ten groups altogether.'
        }
        empty={{
          title: 'No things are in it',
          text: isDynamic ? 'The query finds none.' : 'Add some, or give things the group when they are created.',
          ...(!isDynamic && { action: add }),
        }}
        notice={
          !isDynamic && (
            <Toggle
              checked={isRecursive}
              onChange={({ detail }) => setSearch({ below: detail.checked ? 'yes' : undefined }, { replace: true })}
            >
              With the things of the groups below
            </Toggle>
          )
        }
        pages={pages}
        namesOf={({ thingNames }) => thingNames}
        actions={[{ id: 'bulk', text: 'Change these things', href: paths.bulkChanges({ group: thingGroupName }) }, add]}
        rowActions={(thingName) => [
          {
            id: 'remove',
            text: 'Remove thing',
            needs: 'admin',
            whyNot:
              byQuery ?? (isRecursive ? 'It may be in a group below: show those of this group alone.' : undefined),
            onAction: () => setRemoving(thingName),
          },
        ]}
      />
      {isAdding && <AddThing thingGroupName={thingGroupName} onChange={onChange} onClose={() => setAdding(false)} />}
      {removing !== undefined && (
        <RemoveThingDialog
          thingName={removing}
          kind="thing group"
          groupName={thingGroupName}
          consequences={[
            'What policies of this group, and of those above it, allow is allowed to the thing no more, unless its certificate or another group has them. Open connections are refused from their next message on.',
            'The thing stays. Continuous jobs and log levels of the group are for it no more.',
          ]}
          remove={(thingName) => removeThing(thingGroupName, thingName)}
          add={(thingName) => addThing(thingGroupName, thingName)}
          onChange={onChange}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  )
}

interface AddThingProps {
  readonly thingGroupName: string
  readonly onChange: () => void
  readonly onClose: () => void
}

function AddThing({ thingGroupName, onChange, onClose }: AddThingProps) {
  const [overrides, setOverrides] = useState(false)
  return (
    <AddThingDialog
      header={`Add a thing to the thing group ${thingGroupName}`}
      groupName={thingGroupName}
      note="The policies of this group, and of those above it, hold for its certificates from then on."
      add={(thingName) => addThing(thingGroupName, thingName, overrides)}
      remove={(thingName) => removeThing(thingGroupName, thingName)}
      onChange={onChange}
      onClose={onClose}
    >
      <Checkbox
        checked={overrides}
        onChange={({ detail }) => setOverrides(detail.checked)}
        description="A thing is in ten groups at most. AWS refuses an eleventh, unless a dynamic group may make room: the thing leaves the dynamic group that was created last, although its query still finds it."
      >
        If it is in ten groups, let it leave a dynamic one
      </Checkbox>
    </AddThingDialog>
  )
}
