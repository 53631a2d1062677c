import { endpoints, type ThingType, type ThingTypeDetail } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import type { Plan } from '../../shared/plan/plan.ts'
import { unlessGone } from '../../shared/plan/unless-gone.ts'
import { attributesOf, linesOf } from './propagating.ts'

const deprecate = (thingTypeName: string, isDeprecated: boolean) =>
  api(endpoints.deprecateThingType, { params: { thingTypeName }, body: { isDeprecated } })

export const deprecationPlan = ({ thingTypeName }: ThingType): Plan => ({
  id: `thing type ${thingTypeName}`,
  title: `Deprecate the thing type ${thingTypeName}`,
  done: `The thing type ${thingTypeName} was deprecated`,
  steps: [
    {
      id: 'deprecate',
      words: `Deprecate ${thingTypeName}`,
      run: () => deprecate(thingTypeName, true),
      undo: () => deprecate(thingTypeName, false),
    },
  ],
})

export const undeprecationPlan = ({ thingTypeName }: ThingType): Plan => ({
  id: `thing type ${thingTypeName}`,
  title: `Take the deprecation of ${thingTypeName} back`,
  done: `Things can take the type ${thingTypeName} again`,
  steps: [
    {
      id: 'undeprecate',
      words: `Let things take ${thingTypeName} again`,
      run: () => deprecate(thingTypeName, false),
      undo: () => deprecate(thingTypeName, true),
    },
  ],
})

/** Put back, it is a new type with the same properties, deprecated as it was. */
export const deletionPlan = (type: ThingTypeDetail): Plan => {
  const { thingTypeName, description, searchableAttributes, propagatingAttributes, tags } = type
  return {
    id: `thing type ${thingTypeName}`,
    title: `Delete the thing type ${thingTypeName}`,
    done: `The thing type ${thingTypeName} was deleted`,
    steps: [
      {
        id: 'delete',
        words: `Delete ${thingTypeName}`,
        run: () => unlessGone(() => api(endpoints.deleteThingType, { params: { thingTypeName } })),
        undo: async () => {
          await api(endpoints.createThingType, {
            body: {
              thingTypeName,
              searchableAttributes,
              propagatingAttributes: attributesOf(linesOf(propagatingAttributes)),
              ...(description !== undefined && { description }),
              ...(tags && { tags }),
            },
          })
          await deprecate(thingTypeName, true)
        },
      },
    ],
  }
}
