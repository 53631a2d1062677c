import { endpoints, type NewThing } from '@thingdeck/contract'
import { api } from '../api.ts'
import { isNotFound } from '../http.ts'
import type { Plan, PlanStep } from '../plan/plan.ts'
import { unlessGone } from '../plan/unless-gone.ts'

export interface WantedThing extends NewThing {
  readonly groupNames: readonly string[]
}

/** Makes a thing and puts it into its groups. Whatever of it fails is seen, tried again, or taken back. */
export function thingCreationPlan(
  { groupNames, ...thing }: WantedThing,
  followers: Pick<Plan, 'onChange' | 'onDone'>,
): Plan {
  const { thingName } = thing
  return {
    ...followers,
    id: `create thing ${thingName}`,
    title: `Create the thing ${thingName}`,
    done: `The thing ${thingName} was created`,
    steps: [creationStep(thing), ...groupNames.map((groupName) => joinGroupStep(thingName, groupName))],
  }
}

/**
 * AWS answers who wants a thing that is there already, with the same configuration, as if it had been made. So that is
 * asked first: that somebody else made it is said, trying again goes on with it, and it is not taken back.
 */
export function creationStep(thing: NewThing): PlanStep {
  const params = { thingName: thing.thingName }
  let wasThere: boolean | undefined
  return {
    id: 'create',
    words: `Create the thing ${thing.thingName}`,
    run: async () => {
      if (wasThere === undefined) {
        wasThere = await isThere(thing.thingName)
        if (wasThere)
          throw new Error(
            `Somebody made a thing named ${thing.thingName} meanwhile. Try again to go on with that one, if it is as wanted here.`,
          )
      }
      await api(endpoints.createThing, { body: thing })
    },
    undo: async () => {
      if (wasThere === false) await unlessGone(() => api(endpoints.deleteThing, { params }))
    },
  }
}

/** Whether there is a thing of this name. */
export async function isThere(thingName: string, signal?: AbortSignal): Promise<boolean> {
  try {
    await api(endpoints.describeThing, { params: { thingName }, signal })
    return true
  } catch (error) {
    if (isNotFound(error)) return false
    throw error
  }
}

/** With a group that is left again by undoing. */
export function joinGroupStep(thingName: string, groupName: string): PlanStep {
  const change = (add: string[], remove: string[]) =>
    api(endpoints.updateThingGroupsForThing, { params: { thingName }, body: { add, remove } })
  return {
    id: `group ${groupName}`,
    words: `Put it into the group ${groupName}`,
    run: () => change([groupName], []),
    undo: () => unlessGone(() => change([], [groupName])),
  }
}
