import { expect, test } from 'vitest'

/** A resource as Terraform's provider makes, reads, changes and deletes it, by the SDK's own calls. */
export interface LifeCycle {
  /** As Terraform calls it: `aws_iot_thing`. */
  readonly resource: string
  readonly create: () => Promise<unknown>
  /** Everything that the provider asks to know what is there, with the members that it compares, as one object. */
  readonly read: () => Promise<object>
  readonly created: object
  /** Left out for what is made anew instead of being changed. */
  readonly update?: () => Promise<unknown>
  readonly updated?: object
  readonly remove: () => Promise<unknown>
  /** The error by which the provider sees that it is gone, or what it reads then where there always is something. */
  readonly gone: string | object
}

/** Create, read, update, read, delete, and read that it is gone. */
export function testLifeCycle({ resource, create, read, created, update, updated, remove, gone }: LifeCycle): void {
  test(`${resource}: made, read, changed, read, deleted, gone`, async () => {
    await create()
    expect(await read()).toMatchObject(created)
    if (update && updated) {
      await update()
      expect(await read()).toMatchObject(updated)
    }
    await remove()
    if (typeof gone === 'string') await expect(read()).rejects.toMatchObject({ name: gone })
    else expect(await read()).toMatchObject(gone)
  })
}
