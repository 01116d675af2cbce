import { createElement, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import { userEvent } from "vitest/browser";
import { Toolbar, ToolbarButton } from "./toolbar";

let close: () => void;

const tool = (name: string, props: { hidden?: boolean; disabled?: boolean } = {}): ReactNode =>
  createElement(ToolbarButton, props, name);

beforeEach(() => {
  const element = document.createElement("div");
  document.body.append(element);
  const root = createRoot(element);
  const tools = [tool("Hidden", { hidden: true }), tool("A"), tool("B", { disabled: true }), tool("C"), tool("D")];
  const toolbar = createElement(Toolbar, { label: "Tools", className: "" }, ...tools);
  const before = createElement("button", { type: "button" }, "Before");
  const after = createElement("button", { type: "button" }, "After");
  const page = createElement("main", null, before, toolbar, after);
  flushSync(() => root.render(page));
  close = () => {
    root.unmount();
    element.remove();
  };
  document.querySelector("button")?.focus();
});

afterEach(() => close());

async function focusedAfter(keys: string): Promise<string | null> {
  await userEvent.keyboard(keys);
  return document.activeElement?.textContent ?? null;
}

test("the Tab key comes to the first button that can be used, and from there to what is after them all", async () => {
  expect(await focusedAfter("{Tab}")).toBe("A");
  expect(await focusedAfter("{Tab}")).toBe("After");
});

test("arrow keys go from button to button and round, Home and End to the ends", async () => {
  await userEvent.keyboard("{Tab}");
  expect(await focusedAfter("{ArrowRight}")).toBe("C");
  expect(await focusedAfter("{ArrowRight}")).toBe("D");
  expect(await focusedAfter("{ArrowRight}")).toBe("A");
  expect(await focusedAfter("{ArrowLeft}")).toBe("D");
  expect(await focusedAfter("{Home}")).toBe("A");
  expect(await focusedAfter("{End}")).toBe("D");
});

test("back in the toolbar the focus is where it was; backwards from it is what was before them all", async () => {
  await userEvent.keyboard("{Tab}{ArrowRight}");
  expect(await focusedAfter("{Tab}")).toBe("After");
  expect(await focusedAfter("{Shift>}{Tab}{/Shift}")).toBe("C");
  expect(await focusedAfter("{Shift>}{Tab}{/Shift}")).toBe("Before");
});
