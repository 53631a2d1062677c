/** What every name of a run begins with; `run` tells runs apart. */
export const prefixOf = (run: string): string => `thingdeck-conformance-${run}-`

/** Of a run: up to twelve lower-case letters and digits. */
export const isRunName = (run: string): boolean => /^[a-z0-9]{1,12}$/.test(run)

/** Whether it is what a run's names begin with: a shorter one would be that of things which no run made. */
export function isPrefix(prefix: string): boolean {
  const [, run = ''] = /^thingdeck-conformance-(.*)-$/.exec(prefix) ?? []
  return isRunName(run) && prefix === prefixOf(run)
}

/** As the names of rules have it, which have no hyphens. */
export const underscored = (name: string): string => name.replaceAll('-', '_')

/** Whether something of this name is of the run. */
export const isOf = (prefix: string, name: string): boolean =>
  name.startsWith(prefix) || name.startsWith(underscored(prefix))
