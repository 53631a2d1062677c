import type { DeviceModel } from './device-model.ts'

/** A device whose firmware can be another one: what it reports of itself says which. */
export function withFirmware(model: DeviceModel): { readonly model: DeviceModel; install(version: string): void } {
  let installed: string | undefined
  return {
    model: {
      ...model,
      reported: (shadowName) => ({
        ...model.reported(shadowName),
        ...(shadowName === '' && installed !== undefined && { firmware: installed }),
      }),
    },
    install: (version) => {
      installed = version
    },
  }
}
