import { csvField } from '../csv-field.ts'

/** One of many devices, with what is for it alone. */
export interface DeviceFolder {
  readonly thingName: string
  readonly certificateId: string
  /** By the name of the file. */
  readonly files: Readonly<Record<string, string>>
}

/** Files of many devices by name: a folder for each, and a list of which certificate is whose. */
export function deviceFolders(devices: readonly DeviceFolder[]): Readonly<Record<string, string>> {
  const all: Record<string, string> = { 'certificates.csv': listOf(devices) }
  for (const { thingName, files } of devices) {
    // A colon is legal in a thing's name, and not in a file's on Windows.
    const own = encodeURIComponent(thingName)
    for (const [name, text] of Object.entries(files)) all[`${own}/${name}`] = text
  }
  return all
}

function listOf(devices: readonly DeviceFolder[]): string {
  const lines = devices.map(({ thingName, certificateId }) => `${csvField(thingName)},${certificateId}`)
  return `${['thing,certificate id', ...lines].join('\r\n')}\r\n`
}
