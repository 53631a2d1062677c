import type { Config } from '../config.ts'

/** Names as AWS writes them. */
export interface Arns {
  thing(thingName: string): string
  /** As the service authorization reference has it for shadows: a named one stands below its thing. */
  shadow(thingName: string, shadowName: string | undefined): string
}

/** The partition of a region, by its name: China and the government's regions have their own. */
const partitionOf = (region: string): string =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'

export function createArns({ region, account }: Pick<Config, 'region' | 'account'>): Arns {
  const prefix = `arn:${partitionOf(region)}:iot:${region}:${account}`
  const thing = (thingName: string) => `${prefix}:thing/${thingName}`
  return {
    thing,
    shadow: (thingName, shadowName) =>
      shadowName === undefined ? thing(thingName) : `${thing(thingName)}/${shadowName}`,
  }
}
