"use client";

import type { ReactNode } from "react";
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from "react-aria-components/Tabs";

/** Panels of one page behind tabs; arrows move between them. For tabs with their own address use `NavTabs`. */
export function Tabs({
  label,
  tabs,
  defaultTab,
}: {
  label: string;
  tabs: readonly { id: string; label: ReactNode; count?: number | undefined; content: ReactNode }[];
  defaultTab?: string | undefined;
}) {
  return (
    <AriaTabs {...(defaultTab === undefined ? {} : { defaultSelectedKey: defaultTab })}>
      <TabList aria-label={label} className="tab-row">
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className="tab">
            {tab.label}
            {tab.count === undefined ? null : <span className="text-ink-3 tabular-nums">{tab.count}</span>}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="pt-4">
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
