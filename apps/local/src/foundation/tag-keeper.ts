/** A tag as a request has it. */
export interface ResourceTag {
  readonly Key: string
  readonly Value?: string | undefined
}

/** The tags of the account's resources, which are kept elsewhere. */
export interface TagKeeper {
  /**
   * Says that a kind of resource can be tagged.
   * @param resourceType what stands in the ARN before the first slash, e.g. `cacert`
   * @param exists whether there is a resource with the id behind that slash
   */
  addKind(resourceType: string, exists: (resourceId: string) => boolean): void
  /** Tags a new resource, within the transaction that creates it. */
  create(arn: string, tags: readonly ResourceTag[] | undefined): void
  /** Drops the tags of a resource that is gone. */
  forget(arn: string): void
}
