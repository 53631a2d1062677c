import { csvField } from '../csv-field.ts'

/** One of many devices, with what is for it alone. */
export interface DeviceFolder {
  readonly thingName: string
  readonly certificateId: string
  /** By the name of the file. */
  readonly files: Readonly<Record<string, string>>
}

/** Files of many devices by name: a folder for each, and a list of which certificate is whose, and in which folder. */
export function deviceFolders(devices: readonly DeviceFolder[]): Readonly<Record<string, string>> {
  const folders = foldersOf(devices)
  const all: Record<string, string> = { 'certificates.csv': listOf(devices, folders) }
  for (const [index, { files }] of devices.entries()) {
    for (const [name, text] of Object.entries(files)) all[`${folders[index]}/${name}`] = text
  }
  return all
}

/** What Windows does not take as the name of a folder (Microsoft Learn, "Naming Files, Paths, and Namespaces"). */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/i
/** So much of a certificate's id tells two apart. */
const SHORT_ID = 8

/**
 * A folder for each: its thing's name, and behind it the beginning of its certificate's id where several names are one
 * to Windows and macOS, which do not tell `Pump-1` and `pump-1` apart.
 */
function foldersOf(devices: readonly DeviceFolder[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const { thingName } of devices) {
    const folded = thingName.toLowerCase()
    counts.set(folded, (counts.get(folded) ?? 0) + 1)
  }
  return devices.map(({ thingName, certificateId }) => {
    // A colon is legal in a thing's name, and not in a file's on Windows.
    const own = encodeURIComponent(thingName)
    const isAlone = counts.get(thingName.toLowerCase()) === 1 && !RESERVED.test(thingName)
    return isAlone ? own : `${own}~${certificateId.slice(0, SHORT_ID)}`
  })
}

function listOf(devices: readonly DeviceFolder[], folders: readonly string[]): string {
  const lines = devices.map(({ thingName, certificateId }, index) =>
    [thingName, certificateId, folders[index] ?? ''].map(csvField).join(','),
  )
  return `${['thing,certificate id,folder', ...lines].join('\r\n')}\r\n`
}
