// What the pages do beyond plain HTML: name the chosen files, follow a run, and say that a window is open. All works without it.
"use strict";

for (const input of document.querySelectorAll("input[type=file]")) {
  const said = document.createElement("p");
  said.className = "chosen";
  said.setAttribute("aria-live", "polite");
  input.insertAdjacentElement("afterend", said);
  const limit = Number(input.form.dataset.limit);
  input.addEventListener("change", () => {
    const files = [...input.files], size = files.reduce((sum, file) => sum + file.size, 0) / 1048576;
    const names = files.slice(0, 6).map((file) => file.name).join("、") + (files.length > 6 ? " 等" : "");
    const over = size > limit;
    said.textContent = files.length ? `已选 ${files.length} 个，共 ${size.toFixed(1)} MB：${names}` : "";
    if (over) said.textContent += `　超过一次 ${limit} MB 的限度，请分几次做。`;
    said.classList.toggle("over", over);
  });
  for (const [event, over] of [["dragenter", true], ["dragleave", false], ["drop", false]])
    input.addEventListener(event, () => input.classList.toggle("over-it", over));
}

// A file dropped beside the field would replace the page.
for (const event of ["dragover", "drop"])
  document.addEventListener(event, (happened) => {
    if (!happened.target.matches("input[type=file]")) happened.preventDefault();
  });

for (const form of document.querySelectorAll("form.asking"))
  form.addEventListener("submit", () => {
    const button = form.querySelector("button.main");
    button.disabled = true;
    button.textContent = "正在收下文件……";
  });

const going = document.querySelector("[data-state]");
if (going) {
  const began = Date.now();
  const follow = async () => {
    try {
      const state = await (await fetch(going.dataset.state)).json();
      if (state.done) return location.reload();
      document.getElementById("bar").value = state.step;
      document.getElementById("seconds").textContent = state.seconds;
      const step = (state.said[0] || "准备").split("：").pop(), shown = document.getElementById("step");
      if (shown.textContent !== step) shown.textContent = step;
    } catch {
      document.getElementById("step").textContent = "工作台已经结束，没有在算了。";
      return;
    }
    setTimeout(follow, Date.now() - began < 10000 ? 300 : 1000); // most runs are over in seconds
  };
  setTimeout(follow, 300);
}

setInterval(() => fetch("/alive").catch(() => {}), 60000);
