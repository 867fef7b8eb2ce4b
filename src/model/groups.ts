/** Items by what they have in common, in the order in which each first appears. Node 20 has no `Map.groupBy`. */
export function groupsBy<Item>(items: Iterable<Item>, key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = key(item);
    const members = groups.get(name) ?? [];
    groups.set(name, members);
    members.push(item);
  }
  return groups;
}
