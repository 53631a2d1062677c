import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DeviceIdentity } from './device.ts'

/** A certificate authority as a customer has one: keys and certificates made by `openssl`. */
export class OpensslAuthority implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'openssl-'))
  #made = 0

  constructor(subject: string) {
    this.#run(
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 30 -subj',
      subject,
    )
  }

  get pem(): string {
    return this.#read('ca.pem')
  }

  get certificateId(): string {
    return idOf(this.pem)
  }

  /** @param subject `/C=DE/O=Plant/CN=pump-7`; of a device unless said otherwise */
  issue(subject: string, options: { readonly days?: number } = {}): DeviceIdentity {
    this.#made += 1
    const name = `device-${this.#made}`
    this.#run(`req -newkey rsa:2048 -nodes -keyout ${name}.key -out ${name}.csr -subj`, subject)
    writeFileSync(join(this.#folder, 'extensions'), 'basicConstraints=critical,CA:FALSE\nkeyUsage=digitalSignature\n')
    this.#run(
      `x509 -req -in ${name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -sha256 -extfile extensions ` +
        `-days ${options.days ?? 10} -out ${name}.pem`,
    )
    const cert = this.#read(`${name}.pem`)
    const certificateId = idOf(cert)
    return {
      key: this.#read(`${name}.key`),
      cert,
      certificateId,
      certificateArn: `arn:aws:iot:us-east-1:123456789012:cert/${certificateId}`,
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true })
  }

  #read(name: string): string {
    return readFileSync(join(this.#folder, name), 'utf8')
  }

  /** @param last one argument more, which may have blanks */
  #run(args: string, ...last: string[]): void {
    execFileSync('openssl', [...args.split(' '), ...last], { cwd: this.#folder, stdio: 'ignore' })
  }
}

const idOf = (pem: string): string => new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase()
