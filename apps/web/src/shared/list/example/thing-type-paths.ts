import { fillAddress } from '../../address.ts'

export const thingTypePaths = {
  list: () => '/thing-types',
  create: () => '/thing-types/create',
  thingType: (thingTypeName: string) => fillAddress('/thing-types/$thingTypeName', { thingTypeName }),
} as const
