/** A broker process under load. */
export interface Peer {
  pid: number
  ports: { tcp: number | undefined; tls: number | undefined }
  /** Who has signed its certificate, where that is not the authority of the benchmark: a PEM file. */
  ca?: string
  stop(): void
}
