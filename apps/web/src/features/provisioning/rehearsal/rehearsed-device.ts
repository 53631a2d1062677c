/** One device, as it would come. */
export interface RehearsedDevice {
  /** Once among those that are rehearsed. */
  readonly id: string
  /** 'Typed', '12:04:07, from pump.jsonl' */
  readonly label: string
  readonly parameters: Readonly<Record<string, string>>
  /** What AWS IoT knows of its certificate, by the whole names. */
  readonly pseudo: Readonly<Record<string, string>>
  /** Of its certificate, where it was pasted. */
  readonly certificatePem?: string
}
